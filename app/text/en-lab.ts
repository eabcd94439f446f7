/** Texts of the lab that its sections share; a section's own texts stand in a file of their own. */
export const lab = {
  label: 'Experiments',
  needsModel: 'Load a model first; an experiment runs on it.',
  start: 'Start',
  resume: 'Go on',
  pause: 'Pause',
  clear: 'Discard results',
  busy: 'another experiment is running; one runs at a time',
  planning: 'Preparing…',
  progress: (done: number, total: number) => `${done} of ${total} passes`,
  took: (time: string) => `computed in ${time}`,
  measuredOn: (adapter: string, date: string) => `measured here, on ${adapter}, ${date}`,
  left: (time: string) => `about ${time} left`,
};
