// A provider in the cloud: counts every byte that reaches its socket and keeps every request's text.
//   node cloud.mjs ADDRESS CERT KEY LOG
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const [address, cert, key, log] = process.argv.slice(2);
const write = (line) => appendFileSync(log, `${JSON.stringify(line)}\n`);
const server = createServer(
  { cert: readFileSync(cert), key: readFileSync(key) },
  async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    write({ request: `${request.method} ${request.url}`, headers: request.rawHeaders, body });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'from the cloud' } }] }),
    );
  },
);
server.on('connection', (socket) => {
  write({ connection: true });
  const report = () => {
    if (socket.bytesRead > (socket.told ?? 0)) write({ bytes: socket.bytesRead - (socket.told ?? 0) });
    socket.told = socket.bytesRead;
  };
  const timer = setInterval(report, 20);
  socket.on('close', () => {
    clearInterval(timer);
    report();
  });
  socket.on('error', () => undefined);
});
server.on('tlsClientError', () => undefined);
server.listen(443, address);
