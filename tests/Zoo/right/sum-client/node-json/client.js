// The request is JSON, and the reply a number on a line.
const net = require('net');

const [a, b] = process.argv.slice(2);
if (!(a && b) || Number.isNaN(Number(a)) || Number.isNaN(Number(b))) {
  console.error('usage: node client.js A B');
  process.exit(2);
}

let reply = '';
const socket = net.connect(50000, '127.0.0.1', () => socket.write(`{"a": ${a}, "b": ${b}}\n`));
const fail = (reason) => {
  console.error(reason);
  process.exit(1);
};
socket.setTimeout(10000, () => fail('no reply within 10 s'));
socket.on('error', (error) => fail(error.message || error.code));
socket.on('data', (part) => {
  reply += part;
  if (reply.endsWith('\n')) {
    console.log(reply.trim());
    socket.end();
  }
});
socket.on('end', () => reply.endsWith('\n') || fail('the server closed too early'));
