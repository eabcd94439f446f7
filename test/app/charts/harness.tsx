/**
 * Cost of the charts while a run grows: frames are made beforehand, `window.play(n)` pushes one per animation frame.
 * harness.html?steps=1000&lanes=2&prompt=212
 */
import { createRoot } from 'react-dom/client';
import { frames } from '../../../app/frames';
import { useStore } from '../../../app/store';
import { GalleryPage } from './GalleryPage';
import { prepare } from './scenes';
import { frameAt, runInfo } from './synthetic';

declare global {
  interface Window {
    play: (count: number) => Promise<number>;
  }
}

const query = new URLSearchParams(location.search);
const number = (name: string, fallback: number) => Number(query.get(name) ?? fallback);
const spare = 256;
const steps = number('steps', 1000);
const lanes = number('lanes', 2);

const scene = prepare(lanes === 3 ? 'ab' : 'main');
const shape = { ...scene.shape, lanes, prompt: number('prompt', 212), steps: steps + spare };
const made = Array.from({ length: steps + spare }, (_, step) => frameAt(shape, step));
frames.begin(runInfo(shape));
useStore.setState({ ...scene.state, runInfo: frames.info, phase: 'playing' });
for (const frame of made.slice(0, steps)) frames.push(frame);
createRoot(document.getElementById('root') as HTMLElement).render(<GalleryPage name="main" />);

/** Resolves with the number of animation frames it took. */
window.play = (count) =>
  new Promise((resolve) => {
    let done = 0;
    const tick = () => {
      frames.push(made[frames.count]);
      done++;
      if (done < count) requestAnimationFrame(tick);
      else resolve(done);
    };
    requestAnimationFrame(tick);
  });

setTimeout(() => document.documentElement.setAttribute('data-ready', ''), 2000);
