const net = require('net');

const [a, b] = process.argv.slice(2);
let reply = '';
const socket = net.connect(4444, '127.0.0.1', () => socket.write(JSON.stringify({ a, b }) + '\n'));
socket.on('data', (part) => {
  reply += part;
});
socket.on('end', () => console.log(JSON.parse(reply).sum));
