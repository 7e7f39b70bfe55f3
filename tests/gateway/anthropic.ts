import type { ServerResponse } from 'node:http';

/** Whether a request is in the Anthropic format. */
export function isMessages(url: string | undefined): boolean {
  return /\/messages(\?|$)/.test(url ?? '');
}

/** Tokens that came in are told at the beginning, tokens that went out at the end. */
export const IN = 23;
export const OUT = 5;

/** Answers as Anthropic's API does: one message, or events that make one. */
export function answerMessages(
  name: string,
  { model, stream }: { readonly model?: string; readonly stream?: boolean },
  response: ServerResponse,
): void {
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model };
  if (stream !== true) {
    response.writeHead(200, { 'content-type': 'application/json' });
    const content = [{ type: 'text', text: `answer of ${name}` }];
    const usage = { input_tokens: IN, cache_creation: { ephemeral_5m_input_tokens: 0 }, output_tokens: OUT };
    response.end(JSON.stringify({ ...message, content, stop_reason: 'end_turn', usage }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  send('message_start', {
    message: { ...message, content: [], usage: { input_tokens: IN, output_tokens: 1 } },
  });
  send('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
  for (let index = 0; index < 60; index++)
    send('content_block_delta', {
      index: 0,
      delta: { type: 'text_delta', text: `word ${index} of ${name} ` },
    });
  send('content_block_stop', { index: 0 });
  send('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: OUT } });
  send('message_stop', {});
  response.end();
}
