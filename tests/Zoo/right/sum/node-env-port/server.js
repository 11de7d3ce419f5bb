'use strict';

const net = require('net');

const NUMBER = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/;
const LONGEST = 10000;

// a decimal number as a BigInt, in units of 10^-places
function toUnits([, sign, whole, fraction = ''], places) {
  const units = BigInt(whole + fraction.padEnd(places, '0'));
  return sign === '-' ? -units : units;
}

function answer(line) {
  const numbers = line.trim().split(/\s+/).map((word) => NUMBER.exec(word));
  if (numbers.length !== 2 || numbers.includes(null)) {
    return 'ERROR';
  }
  const places = Math.max(...numbers.map((number) => (number[3] || '').length));
  const total = toUnits(numbers[0], places) + toUnits(numbers[1], places);
  const digits = String(total < 0n ? -total : total).padStart(places + 1, '0');
  const point = digits.length - places;
  return (total < 0n ? '-' : '') + digits.slice(0, point) + (places ? '.' + digits.slice(point) : '');
}

const server = net.createServer((socket) => {
  let pending = '';
  socket.setEncoding('latin1');
  socket.on('data', (data) => {
    const lines = (pending + data).split('\n');
    pending = lines.pop();
    for (const line of lines) {
      socket.write(answer(line) + '\n');
    }
    if (pending.length > LONGEST) {
      socket.destroy();
    }
  });
  // without a listener an error would end the whole server
  socket.on('error', () => socket.destroy());
});

server.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 256 });
