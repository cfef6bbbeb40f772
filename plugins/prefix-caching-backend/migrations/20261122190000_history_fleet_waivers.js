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
  await knex.schema.alterTable('verdict_changes', table => {
    table
      .text('actual')
      .nullable()
      .comment('What the check found; empty for rows of before 2026-11-22');
    table
      .text('evidence', 'longtext')
      .nullable()
      .comment('What the finding rested on, as JSON, each value cut short');
    table
      .string('phase')
      .nullable()
      .comment('What the deployment was doing when the change was confirmed');
    table.index(
      ['cluster', 'namespace', 'name', 'check_id', 'changed_at'],
      'verdict_changes_check_idx',
    );
  });

  await knex.schema.createTable('target_summaries', table => {
    table.comment(
      'What the fleet page needs of each target: the verifications without their bulk',
    );
    table
      .string('cluster')
      .notNullable()
      .comment("The portal's name of the cluster");
    table.string('namespace').notNullable().comment('Kubernetes namespace');
    table
      .string('name')
      .notNullable()
      .comment('Name of the LLMInferenceService');
    table.text('summary').notNullable().comment('The summary as JSON');
    table.primary(['cluster', 'namespace', 'name']);
  });

  await knex.schema.createTable('waivers', table => {
    table.comment('Findings that were accepted for a time');
    table
      .string('cluster')
      .notNullable()
      .comment("The portal's name of the cluster");
    table.string('namespace').notNullable().comment('Kubernetes namespace');
    table
      .string('name')
      .notNullable()
      .comment('Name of the LLMInferenceService');
    table.string('check_id').notNullable().comment('The accepted check');
    table.text('reason').notNullable().comment('Why it is accepted');
    table
      .string('waived_by')
      .notNullable()
      .comment('Entity ref of who accepted it');
    table.string('waived_at').notNullable().comment('ISO 8601 in UTC');
    table
      .string('expires_at')
      .notNullable()
      .comment('ISO 8601 in UTC: the finding counts again from then on');
    table.primary(['cluster', 'namespace', 'name', 'check_id']);
    table.index(['expires_at'], 'waivers_expiry_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('waivers');
  await knex.schema.dropTable('target_summaries');
  await knex.schema.alterTable('verdict_changes', table => {
    table.dropIndex(
      ['cluster', 'namespace', 'name', 'check_id', 'changed_at'],
      'verdict_changes_check_idx',
    );
  });
  await knex.schema.alterTable('verdict_changes', table => {
    table.dropColumns('actual', 'evidence', 'phase');
  });
};
