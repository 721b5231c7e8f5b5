import { make } from '../elements.ts';

/** A choice of one, as native radio buttons in a row. */
export function radios<T extends string>(
  legend: string,
  name: string,
  choices: readonly { readonly value: T; readonly label: string }[],
  chosen: T,
  choose: (value: T) => void,
): HTMLElement {
  const group = make('fieldset', 'choice');
  group.append(make('legend', '', legend));
  for (const { value, label } of choices) {
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = name;
    input.value = value;
    input.checked = value === chosen;
    input.addEventListener('change', () => choose(value));
    const wrapped = make('label', '');
    wrapped.append(input, label);
    group.append(wrapped);
  }
  return group;
}
