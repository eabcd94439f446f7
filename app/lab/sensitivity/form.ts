import { create } from 'zustand';
import type { Measure } from './rows';

/** Settings of the map as the visitor left them. */
export interface SensitivityForm {
  /** The flat pair that the suggestion is held against. */
  k: number;
  v: number;
  steps: number;
  /** Shown: width and measure. */
  bits: number;
  measure: Measure;
}

export const useSensitivityForm = create<SensitivityForm>()(() => ({
  ...{ k: 4, v: 4, steps: 64, bits: 4, measure: 'heads' },
}));

export const editSensitivity = (patch: Partial<SensitivityForm>): void => useSensitivityForm.setState(patch);
