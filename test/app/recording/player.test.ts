import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Frames } from '../../../app/frames';
import { Player, RATE } from '../../../app/recording/player';
import { receiptOf } from '../../../gpu/measure/receipt';
import type { Events } from '../../../workers/protocol';
import { readRecording } from '../../../workers/recording/read';
import { writeRecording } from '../../../workers/recording/write';
import { PROMPT, runToRecord } from '../../workers/recording/run-to-record';

const STEPS = 9;
const recording = readRecording(await writeRecording(runToRecord(STEPS)));
let frames: Frames;
let states: Events['state'][];
let player: Player;

beforeEach(() => {
  vi.useFakeTimers();
  frames = new Frames();
  states = [];
  frames.begin({ ...recording.info, run: -1 });
  const events = { frame: (f: Events['frame']) => frames.push(f), state: (s: Events['state']) => states.push(s) };
  player = new Player(recording, -1, events);
  player.seek(0);
});
afterEach(() => vi.useRealTimers());

const pass = (steps: number) => vi.advanceTimersByTimeAsync((steps * 1000) / RATE + 1);

describe('a recording that is played', () => {
  it('fills the frames like a run, at its own pace, and finishes with the run’s reason', async () => {
    expect([frames.count, states.at(-1)?.state]).toEqual([1, 'paused']);
    const done = player.call('play', {});
    await pass(3);
    expect([frames.count, states.at(-1)?.state]).toEqual([4, 'playing']);
    await pass(STEPS);
    expect(await done).toEqual({ step: STEPS - 1 });
    expect(states.at(-1)).toEqual({ run: -1, state: 'finished', step: STEPS - 1, reason: 'steps' });
    expect(receiptOf(PROMPT, frames, STEPS)).toEqual(recording.receipt);
    expect(frames.get(4)?.row?.layer).toBe(7);
    expect(frames.labels.size).toBeGreaterThan(10);
  });

  it('pauses, steps and rewinds as an engine does', async () => {
    const done = player.call('play', {});
    await pass(2);
    expect(await player.call('pause', undefined)).toEqual({ step: 2 });
    expect(await done).toEqual({ step: 2 });
    await pass(5);
    expect(frames.count).toBe(3);
    expect(await player.call('step', undefined)).toEqual({ step: 3 });
    await player.call('rewind', undefined);
    frames.rewind(1);
    await player.call('step', undefined);
    expect([frames.count, frames.last?.step, states.at(-1)?.state]).toEqual([2, 1, 'paused']);
  });

  it('goes to any step at once, and plays on from there', async () => {
    const done = player.call('play', {});
    player.seek(6);
    expect([frames.count, states.at(-1)?.state]).toEqual([7, 'playing']);
    player.seek(99);
    expect(await done).toEqual({ step: STEPS - 1 });
    expect(states.at(-1)?.state).toBe('finished');
    expect(await player.call('play', {})).toEqual({ step: STEPS - 1 });
  });

  it('has the rows that were kept, and refuses what only an engine can', async () => {
    expect(await player.call('row', { run: -1, step: 4, layer: 3, head: 4 })).toMatchObject({ layer: 3, head: 4 });
    expect(await player.call('row', { run: -1, step: 4, layer: 2, head: 2 })).toBeNull();
    await expect(player.call('move', { lane: 1, field: 'k', value: 2, scope: 'all' })).rejects.toThrow(/no call/);
  });

  it('waits while another run is in the frames, which come back whole', () => {
    player.seek(5);
    const kept = frames.take();
    expect([frames.count, frames.info]).toEqual([0, null]);
    frames.begin({ ...recording.info, run: -2 });
    frames.push(recording.frame(0, -2));
    frames.put(kept);
    expect([frames.count, frames.info?.run, frames.lanes[1].count]).toEqual([6, -1, 6]);
    player.seek(7);
    expect(frames.count).toBe(8);
  });
});
