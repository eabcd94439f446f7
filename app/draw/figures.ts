/** Numbers as the charts print them: true minus, no trailing unit, fixed decimals. */
export function fixed(value: number, decimals = 2): string {
  return value.toFixed(decimals).replace('-', '−');
}

export function signed(value: number, decimals = 3): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(value.toFixed(decimals)) !== 0 ? `+${text}` : text;
}

/** Below it a KL of four decimals would read 0. */
const KL_FLOOR = 0.00005;

/** KL in nats: an exact zero is "0", the rest keeps two meaningful figures. */
export function klText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  if (value < KL_FLOOR) return '<0.0001';
  if (value < 0.001) return value.toFixed(4);
  return value.toFixed(value < 0.1 ? 3 : 2);
}

/** The same where room is short. */
export const klShort = (value: number): string =>
  value > 0 && value < KL_FLOOR ? `<${decadeText(0.0001)}` : klText(value);

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A decade on an axis: 10, 1, 0.1, 0.01, then 10⁻³ and smaller. */
export function decadeText(value: number): string {
  const power = Math.round(Math.log10(value));
  if (power >= -2) return String(Number((10 ** power).toPrecision(1)));
  const digits = [...String(-power)].map((d) => superscripts[Number(d)]).join('');
  return `10⁻${digits}`;
}

/** Thousands parted by a thin space. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}
