import { afterEach, describe, expect, it } from 'vitest';
import { KvError } from '../../gpu/errors';
import type { Handlers } from '../../workers/rpc';
import { connect, serve } from '../../workers/rpc';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function pair(handlers: Partial<Handlers>) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const server = serve(port2, handlers as Handlers);
  const client = connect(port1);
  port1.start();
  port2.start();
  return { server, client };
}

describe('calls', () => {
  it('answers each request with its own result, whatever the order', async () => {
    const { client } = pair({
      step: async () => {
        await new Promise((done) => setTimeout(done, 20));
        return { step: 7 };
      },
      tokenize: ({ text }) => ({ ids: [text.length], pieces: [text] }),
    });
    const slow = client.call('step', undefined);
    const fast = await client.call('tokenize', { text: 'lamp', chat: false });
    expect(fast).toEqual({ ids: [4], pieces: ['lamp'] });
    expect(await slow).toEqual({ step: 7 });
  });

  it('carries a typed error with its three texts', async () => {
    const { client } = pair({
      hello: () => {
        throw new KvError('no-adapter', 'No GPU adapter.', 'The browser blocks it.', 'Try another browser.');
      },
    });
    const error = await client.call('hello', undefined).catch((e) => e);
    expect(error).toBeInstanceOf(KvError);
    expect(error).toMatchObject({
      code: 'no-adapter',
      message: 'No GPU adapter.',
      why: 'The browser blocks it.',
      next: 'Try another browser.',
    });
  });

  it('turns a plain exception into an internal error and refuses unknown calls', async () => {
    const { client } = pair({
      stop: () => {
        throw new TypeError('x is undefined');
      },
    });
    expect(await client.call('stop', undefined).catch((e) => e.code)).toBe('internal');
    expect(await client.call('rewind', undefined).catch((e) => e.message)).toContain('"rewind"');
    expect(await client.call('toString' as 'stop', undefined).catch((e) => e.code)).toBe('internal');
  });

  it('aborts the running handler on cancel', async () => {
    const { client } = pair({
      load: (_, signal) => new Promise((_done, fail) => signal.addEventListener('abort', () => fail(signal.reason))),
    });
    const stop = new AbortController();
    const loading = client.call('load', { kind: 'stored', id: 'x' }, stop.signal).catch((e) => e.code);
    stop.abort();
    expect(await loading).toBe('cancelled');
    expect(await client.call('load', { kind: 'stored', id: 'x' }, stop.signal).catch((e) => e.code)).toBe('cancelled');
  });

  it('rejects open and later calls when the other half is gone', async () => {
    const { client } = pair({ step: () => new Promise(() => {}) });
    const open = client.call('step', undefined).catch((e) => e.message);
    client.fail(new KvError('internal', 'The engine stopped.'));
    expect(await open).toBe('The engine stopped.');
    expect(await client.call('step', undefined).catch((e) => e.message)).toBe('The engine stopped.');
  });
});

describe('events', () => {
  it('reach every listener until it leaves', async () => {
    const { server, client } = pair({});
    const heard: string[] = [];
    const leave = client.on('notice', ({ text }) => heard.push(`a ${text}`));
    client.on('notice', ({ text }) => heard.push(`b ${text}`));
    server.emit('notice', { text: '1' });
    await new Promise((done) => setTimeout(done, 20));
    leave();
    server.emit('notice', { text: '2' });
    await new Promise((done) => setTimeout(done, 20));
    expect(heard).toEqual(['a 1', 'b 1', 'b 2']);
  });

  it('hand over whole arrays and leave shared buffers alone', async () => {
    const { server, client } = pair({});
    const whole = new Float32Array([1, 2, 3]);
    const shared = new Float32Array([1, 2, 3, 4]);
    const got = new Promise<{ heads: Float32Array; row: { lanes: Uint16Array[] } }>((done) =>
      client.on('frame', (frame) => done(frame as never)),
    );
    const row = { lanes: [new Uint16Array([7]), new Uint16Array([9])] };
    server.emit('frame', { heads: whole, part: shared.subarray(0, 2), row } as never);
    const frame = await got;
    expect([...frame.heads]).toEqual([1, 2, 3]);
    expect(frame.row.lanes[1][0]).toBe(9);
    expect(whole.byteLength).toBe(0);
    expect(row.lanes[0].byteLength).toBe(0);
    expect(shared.byteLength).toBe(16);
  });
});
