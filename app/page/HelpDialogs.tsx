import { useStore } from '../store';
import { en } from '../text/en';
import { Modal } from '../ui/Modal';
import { DownloadButton, ReportButton, SaveButton, ThemeButton } from './Header';

const close = () => useStore.setState({ dialog: null });

export function KeyboardDialog() {
  const open = useStore((s) => s.dialog === 'help');
  const keys = useStore((s) => s.keys);
  const text = en.help;
  return (
    <Modal title={text.title} open={open} onClose={close} closeText={text.close}>
      <p className="m">{text.about}</p>
      <label>
        <input type="checkbox" checked={keys} onChange={(event) => useStore.setState({ keys: event.target.checked })} />
        {text.on}
      </label>
      <dl className="keys">
        {text.keys.map(([key, action]) => (
          <Pair key={key} name={key} value={action} />
        ))}
      </dl>
    </Modal>
  );
}

/** What the phone's header has no room for. */
export function MenuDialog() {
  const open = useStore((s) => s.dialog === 'menu');
  const text = en.page;
  return (
    <Modal title={text.menu} open={open} onClose={close} closeText={en.help.close}>
      <div className="row">
        <ThemeButton className="btn" />
        <ReportButton className="btn" />
        <DownloadButton className="btn" />
        <SaveButton className="btn" />
        <button type="button" className="btn" onClick={() => useStore.setState({ dialog: 'help' })}>
          {text.help}
        </button>
      </div>
    </Modal>
  );
}

export function WebgpuDialog() {
  const open = useStore((s) => s.dialog === 'webgpu');
  const text = en.states.webgpu;
  return (
    <Modal title={text.title} open={open} onClose={close} closeText={text.close}>
      <dl className="keys">
        {text.items.map(([name, value]) => (
          <Pair key={name} name={name} value={value} />
        ))}
      </dl>
    </Modal>
  );
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
