import { createContext, useContext, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { charts } from '../text/charts';
import type { MountedChart } from './mounted';
import { mountedCharts } from './mounted';
import './save.css';

/** Where a panel keeps the buttons of its charts: the right end of its head. */
export const PanelEnd = createContext<HTMLElement | null>(null);

const FORMATS = ['png', 'svg', 'csv'] as const;

/** Puts a chart on the list of those on the page, and its save button into the head of its panel, or here. */
export function SaveChart({ chart, here = false }: { chart: MountedChart; here?: boolean }) {
  const end = useContext(PanelEnd);
  useEffect(() => {
    mountedCharts.add(chart);
    return () => {
      mountedCharts.delete(chart);
    };
  }, [chart]);
  if (here) return <SaveMenu chart={chart} />;
  return end ? createPortal(<SaveMenu chart={chart} />, end) : null;
}

function SaveMenu({ chart }: { chart: MountedChart }) {
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const text = charts.save;
  const save = async (format: (typeof FORMATS)[number]) => {
    const { saveChart } = await import('./export/save');
    const saved = await saveChart(chart, format).catch(() => false);
    setFailed(!saved);
    if (saved) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and leaving close what the button inside has opened
    <span
      ref={box}
      className="chart-save"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        box.current?.querySelector('button')?.focus();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        className="save-open"
        aria-expanded={open}
        aria-label={text.label(chart.name)}
        title={text.title}
        onClick={() => setOpen(!open)}
      >
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d="M6 1v6M3.2 4.6L6 7.4l2.8-2.8M1.5 8.5v2h9v-2" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </button>
      {open && (
        <span className="save-menu">
          {FORMATS.map((format) => (
            <button
              key={format}
              type="button"
              className="save-as"
              aria-label={text.as(chart.name, text.formats[format])}
              onClick={() => void save(format)}
            >
              {text.formats[format]}
            </button>
          ))}
          {failed && <span role="alert">{text.failed}</span>}
        </span>
      )}
    </span>
  );
}
