// Sends requests exactly as they are written, one connection each, and writes down the first line of each answer.
//   node attacker.mjs ADDRESS PORT REQUESTS ANSWERS          REQUESTS: JSON file, list of base64
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

const [address, port, requests, answers] = process.argv.slice(2);
const said = [];
for (const raw of JSON.parse(readFileSync(requests, 'utf8')))
  said.push(await send(Buffer.from(raw, 'base64')));
writeFileSync(answers, JSON.stringify(said));

function send(bytes) {
  return new Promise((resolve) => {
    let text = '';
    let quiet;
    const socket = connect({ host: address, port: Number(port) }, () => socket.write(bytes));
    const end = () => {
      clearTimeout(quiet);
      clearTimeout(last);
      socket.destroy();
      resolve(text.split('\r\n', 1)[0] || 'closed');
    };
    const last = setTimeout(end, 4000);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      clearTimeout(quiet);
      quiet = setTimeout(end, 60);
    });
    socket.on('close', end);
    socket.on('error', end);
  });
}
