import { MATTERS } from '../../../gpu/lab/advice/candidates';
import type { SceneId } from '../../../gpu/lab/advice/scenes';
import { ADVICE } from '../../../gpu/lab/advice/scenes';
import { grouped } from '../../draw/figures';
import { PromptBox, SceneMenu } from '../../setup/PromptBox';
import '../../setup/setup.css';
import { advisor } from '../../text/advisor';
import { NumberBox } from '../../ui/NumberBox';
import { Segment } from '../../ui/Segment';
import { chooseScene, useWish } from './wish';

const LOW = 6;
const HIGH = 17;

/** Scene, length, memory, what matters, and the text that the check runs on. */
export function AdvisorForm() {
  const { scene, length, budget, matters, steps } = useWish();
  const text = advisor.form;
  const power = Math.log2(length);
  return (
    <div className="advisor-form">
      <label>
        <span className="lab m">{text.scene}</span>
        <select className="field" value={scene} onChange={(event) => chooseScene(event.target.value as SceneId)}>
          {ADVICE.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="lab m">
          {text.length} <b>{text.lengthValue(grouped(length))}</b>
        </span>
        <input
          type="range"
          className="slim"
          min={LOW}
          max={HIGH}
          step={0.5}
          value={power}
          aria-valuetext={text.lengthValue(grouped(length))}
          onChange={(event) => useWish.setState({ length: Math.round(2 ** Number(event.target.value)), without: [] })}
        />
      </label>
      <Budget budget={budget} />
      <div>
        <span className="lab m">{text.matters}</span>
        <Segment
          label={text.matters}
          value={matters}
          options={MATTERS.map((one) => [one, text.mattersOptions[one]] as const)}
          onChange={(next) => useWish.setState({ matters: next, without: [] })}
        />
        {matters === 'speed' && <p className="lab m">{text.speedNote}</p>}
      </div>
      <div className="advisor-prompt">
        <span className="lab m advisor-scene">
          {text.prompt} <SceneMenu /> {text.promptNote}
        </span>
        <PromptBox />
      </div>
      <div>
        <span className="lab m">{text.steps}</span>
        <NumberBox
          label={text.steps}
          value={steps}
          min={8}
          max={1024}
          onCommit={(next) => useWish.setState({ steps: next })}
        />
      </div>
    </div>
  );
}

function Budget({ budget }: { budget: number | null }) {
  const text = advisor.form;
  return (
    <div>
      <span className="lab m">{text.budget}</span>
      <span className="row">
        <label className="row">
          <input
            type="checkbox"
            checked={budget !== null}
            onChange={(event) => useWish.setState({ budget: event.target.checked ? 8 : null, without: [] })}
          />
          {budget === null ? text.noBudget : text.budgetOn}
        </label>
        {budget !== null && (
          <>
            <NumberBox
              label={text.budgetBox}
              value={budget}
              min={0.01}
              max={100_000}
              step={0.1}
              onCommit={(next) => useWish.setState({ budget: next, without: [] })}
            />
            <span className="lab m">{text.mb}</span>
          </>
        )}
      </span>
    </div>
  );
}
