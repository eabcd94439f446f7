/**
 * Every chart with fixed, invented data: gallery.html?state=main|ab|empty|missing|free|many&theme=light|dark
 * The picture is ready when the document has data-ready.
 */
import { createRoot } from 'react-dom/client';
import { frames } from '../../../app/frames';
import { useStore } from '../../../app/store';
import { GalleryPage } from './GalleryPage';
import { prepare } from './scenes';
import { frameAt } from './synthetic';

const query = new URLSearchParams(location.search);
const name = query.get('state') ?? 'main';
const theme = query.get('theme');
if (theme) document.documentElement.dataset.theme = theme;

const scene = prepare(name);
for (let step = 0; step < scene.computed; step++) frames.push(frameAt(scene.shape, step, scene.frame));
useStore.setState(scene.state);
createRoot(document.getElementById('root') as HTMLElement).render(<GalleryPage name={name} />);
setTimeout(() => document.documentElement.setAttribute('data-ready', ''), 1200);
