import { runSweep } from './sweep/run';
import { runTool } from './tool';

/** `npm run sweep`: an experiment of the lab from the terminal. */
runTool(runSweep);
