/**
 * Every chart with fixed, invented data: gallery.html?state=main|ab|empty|missing|free|many&theme=light|dark
 * The picture is ready when the document has data-ready.
 */
import { createRoot } from 'react-dom/client';
import { DistanceProfile } from '../../../app/attention/DistanceProfile';
import { HeadMap } from '../../../app/attention/HeadMap';
import { RowView } from '../../../app/attention/RowView';
import { KlPanel } from '../../../app/divergence/KlPanel';
import { frames } from '../../../app/frames';
import { NextToken } from '../../../app/nexttoken/NextToken';
import { useStore } from '../../../app/store';
import { TextLanes } from '../../../app/transcript/TextLanes';
import '../../../app/theme.css';
import '../../../app/base.css';
import '../../../app/shell.css';
import '../../../app/phone.css';
import './gallery.css';
import { prepare } from './scenes';
import { frameAt } from './synthetic';

const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme) document.documentElement.dataset.theme = theme;

const scene = prepare(query.get('state') ?? 'main');
for (let step = 0; step < scene.computed; step++) frames.push(frameAt(scene.shape, step, scene.frame));
useStore.setState(scene.state);

createRoot(document.getElementById('root') as HTMLElement).render(
  <div className={`gallery ${query.get('state') ?? 'main'}`}>
    <div className="column middle">
      <TextLanes />
      <KlPanel />
      <div className="attention">
        <HeadMap />
        <div>
          <RowView />
          <DistanceProfile />
        </div>
      </div>
    </div>
    <div className="column right">
      <NextToken />
    </div>
  </div>,
);

setTimeout(() => document.documentElement.setAttribute('data-ready', ''), 1200);
