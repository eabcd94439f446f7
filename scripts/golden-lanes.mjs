// The lane strings of golden/lanes.json hold small sums over P, the tokens of the prompt; eval wants numbers.

/** Names of the functions that the sums use. @type {Record<string, (...values: number[]) => number>} */
const FUNCTIONS = { max: Math.max, min: Math.min, floor: Math.floor };

/**
 * A lane string with every value that mentions P or a function replaced by its number. Division is of whole numbers; `.1P` is a
 * tenth of P, rounded down.
 * @param {string} lane @param {number} P @returns {string}
 */
export function substituted(lane, P) {
  return lane
    .split(' ')
    .map((word) => {
      const [key, value] = word.split(/=(.*)/s);
      return /P|\(/.test(value) ? `${key}=${evaluate(value, P)}` : word;
    })
    .join(' ');
}

/** @param {string} text @param {number} P @returns {number} */
export function evaluate(text, P) {
  const tokens = text.match(/\d*\.?\d+P|\d*\.?\d+|P|[a-z]+|[-+*/(),]/g) ?? [];
  let at = 0;
  const sum = () => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-') value += tokens[at++] === '+' ? product() : -product();
    return value;
  };
  const product = () => {
    let value = atom();
    while (tokens[at] === '*' || tokens[at] === '/')
      value = tokens[at++] === '*' ? value * atom() : Math.floor(value / atom());
    return value;
  };
  /** @returns {number} */
  const atom = () => {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`"${text}" ends too early`);
    if (token === '(') {
      const value = sum();
      at++;
      return value;
    }
    if (FUNCTIONS[token]) {
      at++;
      const values = [sum()];
      while (tokens[at] === ',') {
        at++;
        values.push(sum());
      }
      at++;
      return FUNCTIONS[token](...values);
    }
    if (token.endsWith('P')) return token === 'P' ? P : Math.floor(Number(token.slice(0, -1)) * P);
    return Number(token);
  };
  const value = sum();
  if (at !== tokens.length || Number.isNaN(value)) throw new Error(`"${text}" is no sum over P`);
  return value;
}
