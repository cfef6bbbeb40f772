/*
 * Copyright 2026 The Prefix Caching Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

import type { Page } from '@playwright/test';

/** A text of the page, by a pattern of it, in an element. */
export interface Shown {
  /** A CSS selector. */
  within: string;
  text: string;
}

/**
 * The milliseconds from a click or a choice to the frame after a text is there, by the page's own
 * clock, and when that was: what it takes to tell the page from outside what to do, and to be told, is not in it.
 */
export async function timeUntil(
  page: Page,
  shown: Shown,
  act: () => Promise<unknown>,
): Promise<{ milliseconds: number; at: number }> {
  await page.evaluate(({ within, text }) => {
    const pattern = new RegExp(text);
    const acted = new Promise<number>(resolve => {
      for (const type of ['click', 'change'])
        window.addEventListener(type, () => resolve(performance.now()), {
          capture: true,
          once: true,
        });
    });
    const isShown = () => {
      for (const element of document.querySelectorAll(within)) {
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (texts.nextNode())
          if (pattern.test(texts.currentNode.textContent ?? '')) return true;
      }
      return false;
    };
    const painted = new Promise<number>(resolve => {
      const observer = new MutationObserver(() => {
        if (!isShown()) return;
        observer.disconnect();
        requestAnimationFrame(() =>
          setTimeout(() => resolve(performance.now())),
        );
      });
      observer.observe(document.body, {
        characterData: true,
        childList: true,
        subtree: true,
      });
    });
    Object.assign(window, {
      benchTime: Promise.all([acted, painted]).then(([from, to]) => ({
        milliseconds: to - from,
        at: performance.timeOrigin + to,
      })),
    });
  }, shown);
  await act();
  return page.evaluate(
    () =>
      (
        window as unknown as {
          benchTime: Promise<{ milliseconds: number; at: number }>;
        }
      ).benchTime,
  );
}
