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

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('verifications', table => {
    table.comment('The latest verification of each target');
    table
      .string('cluster')
      .notNullable()
      .comment("The portal's name of the cluster");
    table.string('namespace').notNullable().comment('Kubernetes namespace');
    table
      .string('name')
      .notNullable()
      .comment('Name of the LLMInferenceService');
    table.string('verdict').notNullable().comment('The overall verdict');
    table
      .string('verified_at')
      .notNullable()
      .comment('ISO 8601 in UTC: when the last run ended');
    table
      .text('record', 'longtext')
      .notNullable()
      .comment('The whole record as JSON');
    table.primary(['cluster', 'namespace', 'name']);
  });

  await knex.schema.createTable('verdict_changes', table => {
    table.comment('One row per confirmed change of one verdict of a target');
    table.bigIncrements('id').comment('In the order of writing');
    table
      .string('cluster')
      .notNullable()
      .comment("The portal's name of the cluster");
    table.string('namespace').notNullable().comment('Kubernetes namespace');
    table
      .string('name')
      .notNullable()
      .comment('Name of the LLMInferenceService');
    table
      .string('check_id')
      .notNullable()
      .comment('The check whose verdict changed');
    table
      .string('from_verdict')
      .nullable()
      .comment('Empty for the first verdict of a check');
    table.string('to_verdict').notNullable().comment('The verdict since then');
    table.text('summary').notNullable().comment('The sentence of the finding');
    table
      .string('changed_at')
      .notNullable()
      .comment('ISO 8601 in UTC: the first run that said so');
    table.index(
      ['cluster', 'namespace', 'name', 'changed_at'],
      'verdict_changes_target_idx',
    );
    table.index(['changed_at'], 'verdict_changes_age_idx');
  });

  await knex.schema.createTable('samples', table => {
    table.comment('The two last metric samples of each endpoint');
    table
      .string('cluster')
      .notNullable()
      .comment("The portal's name of the cluster");
    table.string('namespace').notNullable().comment('Kubernetes namespace');
    table
      .string('name')
      .notNullable()
      .comment('Name of the LLMInferenceService');
    table.string('role').notNullable().comment('engine or router');
    table.string('pod').notNullable().comment('Pod name');
    table
      .text('current_sample', 'longtext')
      .notNullable()
      .comment('The newer sample as JSON');
    table
      .text('previous_sample', 'longtext')
      .nullable()
      .comment('The older sample as JSON, never the same as the newer');
    table.primary(['cluster', 'namespace', 'name', 'role', 'pod']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('samples');
  await knex.schema.dropTable('verdict_changes');
  await knex.schema.dropTable('verifications');
};
