import { DistanceProfile } from '../../../app/attention/DistanceProfile';
import { HeadMap } from '../../../app/attention/HeadMap';
import { RowView } from '../../../app/attention/RowView';
import { KlPanel } from '../../../app/divergence/KlPanel';
import { NextToken } from '../../../app/nexttoken/NextToken';
import { TextLanes } from '../../../app/transcript/TextLanes';
import '../../../app/theme.css';
import '../../../app/base.css';
import '../../../app/controls.css';
import '../../../app/shell.css';
import '../../../app/phone.css';
import './gallery.css';

/** Every live chart at the size it has on the page. */
export function GalleryPage({ name }: { name: string }) {
  return (
    <div className={`gallery ${name}`}>
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
    </div>
  );
}
