import { useState } from 'react';
import { useNarrow } from './draw/narrow';
import { Announcer } from './page/Announcer';
import { BrokenLink } from './page/BrokenLink';
import { CompareDesk } from './page/CompareDesk';
import { Desk } from './page/Desk';
import { DropZone } from './page/DropZone';
import { KeyboardDialog, MenuDialog, WebgpuDialog } from './page/HelpDialogs';
import { useKeys } from './page/keys';
import { Phone } from './page/Phone';
import { ShareDialog } from './page/ShareDialog';
import { ModelDialog } from './page/StartPanel';
import { useStore } from './store';

export function App() {
  const isBroken = useStore((s) => s.link.kind === 'broken');
  const compares = useStore((s) => s.view === 'compare');
  const narrow = useNarrow();
  const [models, setModels] = useState(false);
  useKeys();
  if (isBroken) return <BrokenLink />;
  const openModels = () => setModels(true);
  return (
    <>
      {narrow ? (
        <Phone onModel={openModels} />
      ) : compares ? (
        <CompareDesk onModel={openModels} />
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
