import { catalogue } from '../../gpu/kv/catalog';
import { systemEvicts } from '../../gpu/kv/lane-system';
import { en } from '../text/en';

const GROUPS = [
  ['code', catalogue.system.filter(({ id }) => !systemEvicts(id))],
  ['evict', catalogue.system.filter(({ id }) => systemEvicts(id))],
] as const;

/** All systems as the options of a menu: those that code rows, then those that let rows go. */
export function SystemOptions() {
  return GROUPS.filter(([, systems]) => systems.length > 0).map(([name, systems]) => (
    <optgroup key={name} label={en.systems.groups[name]}>
      {systems.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </optgroup>
  ));
}
