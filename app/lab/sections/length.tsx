import { length as text } from '../../text/en-length';
import '../length/length.css';
import { PositionPanel } from '../length/PositionPanel';
import { SizePanel } from '../length/SizePanel';
import type { LabSection } from '../section';

function LengthPanel() {
  return (
    <>
      <PositionPanel />
      <SizePanel />
    </>
  );
}

export default { id: 'length', order: 60, title: text.nav, Panel: LengthPanel } satisfies LabSection;
