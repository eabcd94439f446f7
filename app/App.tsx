import { useState } from 'react';
import { useNarrow } from './draw/narrow';
import { Announcer } from './page/Announcer';
import { BrokenLink } from './page/BrokenLink';
import { CompareDesk } from './page/CompareDesk';
import { Desk } from './page/Desk';
import { DropZone } from './page/DropZone';
import { KeyboardDialog, MenuDialog, WebgpuDialog } from './page/HelpDialogs';
import { useKeys } from './page/keys';
import { LabDesk } from './page/LabDesk';
import { Phone } from './page/Phone';
import { ShareDialog } from './page/ShareDialog';
import { ModelDialog } from './page/StartPanel';
import { useStore } from './store';

export function App() {
  const isBroken = useStore((s) => s.link.kind === 'broken');
  const view = useStore((s) => s.view);
  const narrow = useNarrow();
  const [models, setModels] = useState(false);
  useKeys();
  if (isBroken) return <BrokenLink />;
  const openModels = () => setModels(true);
  return (
    <>
      {narrow ? (
        <Phone onModel={openModels} />
      ) : view === 'compare' ? (
        <CompareDesk onModel={openModels} />
      ) : view === 'lab' ? (
        <LabDesk onModel={openModels} />
      ) : (
        <Desk onModel={openModels} />
      )}
      <ModelDialog open={models} onClose={() => setModels(false)} />
      <ShareDialog />
      <KeyboardDialog />
      <MenuDialog />
      <WebgpuDialog />
      <DropZone />
      <Announcer />
    </>
  );
}
