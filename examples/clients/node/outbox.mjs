// What Development would have sent by mail: one JSON object a line, {to, template, code}.
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const patience = 10_000;

/** The newest code sent to a contact, which was not among `seen`. Adds it there. */
export async function nextCode(path, contact, seen) {
  for (const until = Date.now() + patience; Date.now() < until; await pause(50)) {
    const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').slice(0, -1);
    const messages = lines.map((line) => JSON.parse(line)).filter(({ to, code }) => to === contact && code);
    const newest = messages.slice(seen.count).at(-1);
    if (newest) {
      seen.count = messages.length;
      return newest.code;
    }
  }
  throw new Error(`no code for ${contact} in ${path} within ${patience} ms`);
}
