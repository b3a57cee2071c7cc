// A modal's or Home tab's picture, and its next picture: what was typed, focus and scroll stay where ids stay the same.

import { drawBlocks } from './blocks.js';
import { complaint } from './inputs.js';
import { Surface } from './surface.js';

const WHERE = '[data-action-id]';

/** Return the drawn blocks of a view, with the surface that holds what is typed in them. */
export function drawView(view, before = null) {
  const surface = new Surface({ type: 'view', view_id: view.id }, before);
  return { blocks: drawBlocks(view.blocks, surface), surface };
}

/** Remember which control has the focus inside `node`; call the result with the new node to put it back. */
export function holdFocus(node) {
  const active = node?.contains(document.activeElement) ? document.activeElement : null;
  const control = active?.closest(WHERE) ?? active?.closest('[data-block-id]')?.querySelector(WHERE);
  if (!control) return () => false;
  const { actionId } = control.dataset;
  const { blockId } = control.closest('[data-block-id]').dataset;
  const caret = control.selectionEnd;
  return (next) => {
    const same = next.querySelector(`[data-block-id="${CSS.escape(blockId)}"] [data-action-id="${CSS.escape(actionId)}"]`);
    same?.focus({ preventScroll: true });
    if (same?.type === 'text' || same?.type === 'textarea') same.setSelectionRange(caret, caret);
    return Boolean(same);
  };
}

/** Return what is wrong with each input of a view before it is sent: block_id → sentence. */
export function complaints(view, surface) {
  const found = {};
  view.blocks.forEach((block, at) => {
    if (block.type !== 'input') return;
    const named = { block_id: block.block_id ?? `block-${at}` };
    const value = surface.get(named, { action_id: block.element.action_id ?? 'action' });
    const sentence = value && complaint(block.element, value, block.optional);
    if (sentence) found[named.block_id] = sentence;
  });
  return found;
}

/** Write each problem under its block, and put focus on the first; return the problems that have no block. */
export function showErrors(node, errors) {
  for (const block of node.querySelectorAll('.block-input')) showError(block, errors[block.dataset.blockId]);
  node.querySelector('[aria-invalid="true"]')?.focus();
  const blocks = new Set([...node.querySelectorAll('.block-input')].map((block) => block.dataset.blockId));
  return Object.entries(errors).filter(([block]) => !blocks.has(block)).map(([, sentence]) => sentence);
}

function showError(block, sentence) {
  block.classList.toggle('wrong', Boolean(sentence));
  block.querySelector('.field-error').textContent = sentence ?? '';
  const control = block.querySelector(WHERE);
  if (sentence) control?.setAttribute('aria-invalid', 'true');
  else control?.removeAttribute('aria-invalid');
}
