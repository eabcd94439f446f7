import type { Vocabulary } from './vocabulary';

/** Text of a growing token list: what `push` returns is final, an incomplete UTF-8 tail waits for the next token or `flush`. */
export function textStream(vocabulary: Vocabulary): { push(id: number): string; flush(): string } {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    push: (id) => decoder.decode(vocabulary.bytes(id), { stream: true }),
    flush: () => decoder.decode(),
  };
}

/** One token for a chart: leading spaces as middle dots, line breaks and other invisibles escaped, broken UTF-8 as \xNN. */
export function labelOf(vocabulary: Vocabulary, id: number): string {
  const bytes = vocabulary.bytes(id);
  if (bytes.length === 0) return `#${id}`;
  const text = utf8Runs(bytes).replace(/^ +/, (spaces) => '\u00b7'.repeat(spaces.length));
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, visible);
}

function visible(char: string): string {
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Valid UTF-8 as text, every byte outside a whole character as \xNN. */
function utf8Runs(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = charLength(bytes[at]);
    try {
      if (at + length > bytes.length) throw new TypeError('incomplete');
      text += strict.decode(bytes.subarray(at, at + length));
      at += length;
    } catch {
      text += `\\x${bytes[at].toString(16).padStart(2, '0').toUpperCase()}`;
      at++;
    }
  }
  return text;
}

/** Length of the UTF-8 sequence that this byte opens. */
function charLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
