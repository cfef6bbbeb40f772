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

import { render, screen } from '@testing-library/react';
import { createPortal } from './createPortal';

describe('createPortal', () => {
  const { env } = process;

  afterEach(() => {
    process.env = env;
  });

  it('starts, and offers to enter as a guest', async () => {
    // Where the build writes the page's configuration; not a string, as
    // assigning to the real environment would make it.
    const APP_CONFIG: unknown = [
      {
        context: 'test',
        data: {
          app: { title: 'Test', baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
        },
      },
    ];
    process.env = { ...env, APP_CONFIG } as typeof process.env;

    render(createPortal().createRoot());

    expect(
      await screen.findByRole('button', { name: 'Enter' }, { timeout: 20_000 }),
    ).toBeInTheDocument();
  }, 60_000);
});
