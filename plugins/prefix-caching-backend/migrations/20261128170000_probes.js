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

// @ts-check

/** @param {import('knex').Knex.CreateTableBuilder} table */
function addTarget(table) {
  table
    .string('cluster')
    .notNullable()
    .comment("The portal's name of the cluster");
  table.string('namespace').notNullable().comment('Kubernetes namespace');
  table.string('name').notNullable().comment('Name of the LLMInferenceService');
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('probes', table => {
    table.comment('What active probes found; no prompt and no answer');
    addTarget(table);
    table.string('probed_at').notNullable().comment('ISO 8601');
    table.text('result').notNullable().comment('The result as JSON');
    table.primary(['cluster', 'namespace', 'name', 'probed_at']);
    table.index(['probed_at'], 'probes_age_idx');
  });

  await knex.schema.createTable('probe_turns', table => {
    table.comment('From when on a target may be probed again');
    addTarget(table);
    table
      .bigInteger('free_at')
      .notNullable()
      .comment('Milliseconds since 1970');
    table.primary(['cluster', 'namespace', 'name']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('probe_turns');
  await knex.schema.dropTable('probes');
};
