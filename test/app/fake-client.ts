import type { Client } from '../../workers/rpc';
import { connect } from '../../workers/rpc';
import { fakeEngine } from './fake-engine';

/** Stands in for `workers/client.ts` in the page built by `fake.config.ts`. */
export function startEngine(): Client {
  const query = new URLSearchParams(location.search);
  const { port1, port2 } = new MessageChannel();
  fakeEngine(port2, {
    refuse: (query.get('refuse') ?? undefined) as 'no-webgpu' | undefined,
    stored: query.get('stored') !== '0',
    pace: Number(query.get('pace') ?? 5),
    download: Number(query.get('download') ?? 0),
  });
  port1.start();
  port2.start();
  return connect(port1);
}
