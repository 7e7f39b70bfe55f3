/**
 * The simple commands of a shell script, each as its words: enough to find how a server is started.
 * Quotes and line continuations are read; expansions are left as they stand; redirections stay words.
 */
export function shellCommands(script: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let quote = '';
  const endWord = () => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (let i = 0; i < script.length; i++) {
    const char = script[i] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && '"\\$`\n'.includes(script[i + 1] ?? ' '))
        word += script[++i] ?? '';
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= '';
    } else if (char === '\\') {
      const next = script[++i] ?? '';
      if (next !== '\n') word = (word ?? '') + next;
    } else if (char === '#' && word === undefined) {
      while (i + 1 < script.length && script[i + 1] !== '\n') i++;
    } else if (/[\n;&|()]/.test(char) && !(char === '(' && word?.endsWith('$')) && !inReference(word, char)) {
      endWord();
      commands.push([]);
    } else if (/\s/.test(char)) {
      endWord();
    } else {
      word = (word ?? '') + char;
    }
  }
  endWord();
  return commands.filter((command) => command.length > 0);
}

/** The closing bracket of `$(NAME)`, which the kubelet replaces before the shell sees it. */
function inReference(word: string | undefined, char: string): boolean {
  return char === ')' && word !== undefined && /\$\(\w*$/.test(word);
}
