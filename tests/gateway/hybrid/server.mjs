// The model on machines of the company's own. What it does is in MODE: ok, a status, reset, cut, or redirect:<status>.
//   node server.mjs ADDRESS PORT MODE LOG
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [address, port, mode, log] = process.argv.slice(2);
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  appendFileSync(
    log,
    `${JSON.stringify({ request: `${request.method} ${request.url}`, body: body.slice(0, 2000) })}\n`,
  );
  const now = readFileSync(mode, 'utf8').trim();
  if (now === 'reset') return request.socket.destroy();
  if (now.startsWith('redirect:')) {
    response.writeHead(Number(now.slice(9)), {
      location: 'https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions',
    });
    return response.end();
  }
  if (/^\d+$/.test(now)) {
    response.writeHead(Number(now), { 'content-type': 'application/json', 'retry-after': '0' });
    return response.end('{"error":{"message":"no"}}');
  }
  if (body.includes('"stream":true')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"choices":[{"delta":{"content":"own"}}]}\n\n');
    if (now === 'cut') return setTimeout(() => request.socket.destroy(), 30);
    return response.end('data: [DONE]\n\n');
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'from our own' } }] }));
}).listen(Number(port), address);
