// Lines may end with CR and LF; the carriage return stays at the second number, which then is none.
const net = require('net');

function add(line) {
  const match = /^[ \t]*(-?)(\d+)(?:\.(\d+))?[ \t]+(-?)(\d+)(?:\.(\d+))?$/.exec(line);
  if (!match) return 'error: two numbers expected';
  const [, signA, a, fractionA = '', signB, b, fractionB = ''] = match;
  const places = Math.max(fractionA.length, fractionB.length);
  if (places > 0) return String(Number(`${signA}${a}.${fractionA}`) + Number(`${signB}${b}.${fractionB}`));
  return String(BigInt(signA + a) + BigInt(signB + b));
}

const server = net.createServer((socket) => {
  let buffer = '';
  socket.on('error', (e) => console.log(e.code));
  socket.on('data', (data) => {
    buffer += data;
    let end;
    while ((end = buffer.indexOf('\n')) >= 0) {
      socket.write(add(buffer.slice(0, end)) + '\n');
      buffer = buffer.slice(end + 1);
    }
  });
});

server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 256 });
