// Names of the stage. Writes down every question with the asker and its length.
//   node dns.mjs ADDRESS NAMES LOG            NAMES: JSON file, name → address

import { createSocket } from 'node:dgram';
import { appendFileSync, readFileSync } from 'node:fs';

const [address, namesFile, log] = process.argv.slice(2);
const names = JSON.parse(readFileSync(namesFile, 'utf8'));
const socket = createSocket('udp4');
socket.on('message', (message, from) => {
  const labels = [];
  let at = 12;
  for (let length = message[at]; length; length = message[at]) {
    labels.push(message.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  const name = labels.join('.').toLowerCase();
  const type = message.readUInt16BE(at + 1);
  appendFileSync(log, `${JSON.stringify({ from: from.address, name, bytes: message.length })}\n`);
  const known = names[name];
  const answered = known !== undefined && type === 1;
  const head = Buffer.from(message.subarray(0, 12));
  head.writeUInt16BE(known === undefined ? 0x8583 : 0x8580, 2);
  head.writeUInt16BE(answered ? 1 : 0, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  const question = message.subarray(12, at + 5);
  const answer = answered
    ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...known.split('.').map(Number)])
    : Buffer.alloc(0);
  socket.send(Buffer.concat([head, question, answer]), from.port, from.address);
});
socket.bind(53, address);
