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

import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

/** `ui:field: PrefixCachingClusterPicker` of a template, new front-end system. */
export const clusterPickerField = FormFieldBlueprint.make({
  name: 'cluster-picker',
  params: {
    field: async () => {
      const { ClusterPicker, validateCluster } = await import(
        './ClusterPicker'
      );
      return createFormField({
        name: 'PrefixCachingClusterPicker',
        component: ClusterPicker,
        validation: validateCluster,
      });
    },
  },
});

/** `ui:field: PrefixCachingAcceleratorPicker` of a template, new front-end system. */
export const acceleratorPickerField = FormFieldBlueprint.make({
  name: 'accelerator-picker',
  params: {
    field: async () => {
      const { AcceleratorPicker, validateAccelerators } = await import(
        './AcceleratorPicker'
      );
      return createFormField({
        name: 'PrefixCachingAcceleratorPicker',
        component: AcceleratorPicker,
        validation: validateAccelerators,
      });
    },
  },
});

/** `ui:field: PrefixCachingModelPicker` of a template. */
export const modelPickerField = FormFieldBlueprint.make({
  name: 'model-picker',
  params: {
    field: async () => {
      const { ModelPicker, validateModel } = await import('./ModelPicker');
      return createFormField({
        name: 'PrefixCachingModelPicker',
        component: ModelPicker,
        validation: validateModel,
      });
    },
  },
});

/** `ui:field: PrefixCachingModelConfig` of a template. */
export const modelConfigField = FormFieldBlueprint.make({
  name: 'model-config',
  params: {
    field: async () => {
      const { ModelConfig } = await import('./ModelConfig');
      return createFormField({
        name: 'PrefixCachingModelConfig',
        component: ModelConfig,
      });
    },
  },
});

/** `ui:field: PrefixCachingFilePreview` of a template, new front-end system. */
export const filePreviewField = FormFieldBlueprint.make({
  name: 'file-preview',
  params: {
    field: async () => {
      const { FilePreview } = await import('./FilePreview');
      return createFormField({
        name: 'PrefixCachingFilePreview',
        component: FilePreview,
      });
    },
  },
});
