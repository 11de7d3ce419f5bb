// A protocol of its own: JSON in both directions, a line each, with numbers as text.
const net = require('net');

const exact = (text) => {
  const [whole, fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
};

net
  .createServer((socket) => {
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (part) => {
      text += part;
      if (!text.endsWith('\n')) return;
      const { a, b } = JSON.parse(text);
      const sum = (exact(a) + exact(b)).toString();
      const digits = sum.replace('-', '').padStart(7, '0');
      const value = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
      socket.end(JSON.stringify({ sum: (sum.startsWith('-') ? '-' : '') + value }) + '\n');
    });
  })
  .listen(4444, '127.0.0.1');
