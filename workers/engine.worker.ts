import { openGpu } from '../gpu/device';
import { openStore } from '../gpu/load/store';
import type { Endpoint } from './rpc';
import { serve } from './rpc';
import { Session } from './session/session';
import { openTables } from './session/table-store';

/** The page's engine: a session behind the worker's own port. */
const session = new Session({ openGpu, openStore, openTables, emit: (event, data) => server.emit(event, data) });
const server = serve(self as unknown as Endpoint, session.calls);
