/**
 * Tokens that a selection in the prompt's text touches, as `12-40`; null where there is none. `pieces` = text of each token of the prompt
 * as the model sees it, in which the text stands once, maybe inside a chat template.
 */
export function spanOfSelection(
  pieces: readonly string[],
  text: string,
  selection: { from: number; to: number },
): string | null {
  const shift = pieces.join('').lastIndexOf(text);
  if (shift < 0 || text === '' || selection.to <= selection.from) return null;
  const touched: number[] = [];
  let at = 0;
  for (const [token, piece] of pieces.entries()) {
    const end = at + piece.length;
    if (end > shift + selection.from && at < shift + selection.to) touched.push(token);
    at = end;
  }
  return touched.length === 0 ? null : `${touched[0]}-${touched[touched.length - 1]}`;
}
