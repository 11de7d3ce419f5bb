const net = require('net');

const [a, b] = process.argv.slice(2);
if (!(isFinite(a) && isFinite(b))) {
  console.error('usage: client.js A B');
  process.exit(2);
}

let text = '';
const server = net.connect(50000, '127.0.0.1', () => server.write(`${a} ${b}\n`));
server.setTimeout(20000, () => server.destroy(new Error('no reply')));
server.on('data', (data) => {
  text += data;
  if (text.includes('\n')) {
    server.end();
  }
});
server.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
server.on('close', () => console.log('Sum:', Number(text)));
