import { KvError } from '../gpu/errors';
import { requestPersist } from '../gpu/load/quota';
import type { Client } from './rpc';
import { connect } from './rpc';

/** Starts the engine worker. If its script cannot load or dies, every call fails with a typed error instead of hanging. */
export function startEngine(): Client {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  const client = connect(worker);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    client.fail(
      new KvError(
        'internal',
        'The engine stopped.',
        event.message || 'Its script could not be loaded.',
        'Reload the page.',
      ),
    );
  });
  return { ...client, call: persisting(client.call) };
}

/** Asks once that kept models stay, as soon as there is one; workers cannot ask. */
function persisting(call: Client['call']): Client['call'] {
  return (name, args, signal) => {
    const answer = call(name, args, signal);
    if (name === 'load') answer.then((loaded) => 'kept' in Object(loaded) && requestPersist()).catch(() => {});
    return answer;
  };
}

export type { Client } from './rpc';
