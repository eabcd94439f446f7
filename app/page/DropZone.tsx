import { useEffect, useState } from 'react';
import { report } from '../engine';
import { inspect, loadModel } from '../engine-model';
import { openLink } from '../session';
import { useStore } from '../store';
import { en } from '../text/en';
import { runFileLink } from './download';

/** A file dropped anywhere: a GGUF is loaded, a run file opened. */
export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onEnter = (event: DragEvent) => {
      if (hasFiles(event) && ++depth === 1) setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (hasFiles(event) && --depth <= 0) setOver(false);
    };
    const onOver = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) void take(file);
    };
    const events = { dragenter: onEnter, dragleave: onLeave, dragover: onOver, drop: onDrop } as const;
    for (const [name, listener] of Object.entries(events)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(events))
        window.removeEventListener(name, listener as EventListener);
    };
  }, []);
  return over ? <div className="drop">{en.model.dropHere}</div> : null;
}

async function take(file: File): Promise<void> {
  if (/\.json$/i.test(file.name)) {
    const link = file.size < 1e6 ? runFileLink(await file.text()) : null;
    if (link === null) useStore.getState().notice(en.link.runFileBad);
    else openLink(link);
    return;
  }
  try {
    const inspection = await inspect({ kind: 'file', file });
    if (!inspection.fits) useStore.getState().notice(`${en.model.fitsNot} ${inspection.why}`);
    await loadModel({ kind: 'file', file });
  } catch (error) {
    report(error);
  }
}
