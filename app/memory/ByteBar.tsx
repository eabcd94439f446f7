import { fixed } from '../draw/figures';

interface Props {
  name: string;
  tone: 'fp16' | 'a' | 'b';
  k: number;
  v: number;
  /** Bytes of a full bar. */
  scale: number;
}

/** Keys solid, values dashed, on one byte scale. */
export function ByteBar({ name, tone, k, v, scale }: Props) {
  const width = (bytes: number) => `${(100 * bytes) / scale}%`;
  return (
    <div className="bytes">
      <span>{name}</span>
      <span className={`bytes-bar ${tone}`} aria-hidden="true">
        <i className="k" style={{ width: width(k) }} />
        <i className="v" style={{ width: width(v) }} />
      </span>
      <span className="num">{fixed((k + v) / 1e6)} MB</span>
    </div>
  );
}
