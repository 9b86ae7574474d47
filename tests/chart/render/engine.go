package main

import (
	"encoding/json"
	"errors"
	"path"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

// renderContext is what Helm knows of release and cluster.
type renderContext struct {
	release, namespace string
	apiVersions        []string
}

// capabilities is what templates see as .Capabilities.
type capabilities struct {
	APIVersions apiVersions
}

type apiVersions []string

// Has tells whether the cluster serves a group and version.
func (v apiVersions) Has(version string) bool {
	for _, served := range v {
		if served == version {
			return true
		}
	}
	return false
}

// render executes every template of the chart; the result is by file name.
func render(chart *chart, values map[string]interface{}, context renderContext) (map[string]string, error) {
	data := map[string]interface{}{
		"Values": values,
		"Chart":  chart.metadata,
		"Files":  chart.files,
		"Release": map[string]interface{}{
			"Name": context.release, "Namespace": context.namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1,
		},
		"Capabilities": capabilities{append(apiVersions{"v1", "apps/v1"}, context.apiVersions...)},
	}
	all := template.New("chart").Option("missingkey=zero")
	all.Funcs(functions(all))
	for _, name := range sortedKeys(chart.templates) {
		if _, err := all.New(name).Parse(chart.templates[name]); err != nil {
			return nil, err
		}
	}
	rendered := map[string]string{}
	for _, name := range sortedKeys(chart.templates) {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		text, err := execute(all, name, data)
		if err != nil {
			return nil, err
		}
		rendered[name] = text
	}
	return rendered, nil
}

func execute(all *template.Template, name string, data interface{}) (string, error) {
	var text strings.Builder
	err := all.ExecuteTemplate(&text, name, data)
	if err == nil && strings.Contains(text.String(), "<no value>") {
		err = errors.New(name + ": a value that does not exist was printed (Helm would print nothing)")
	}
	return text.String(), err
}

// functions are those of sprig without the ones that Helm takes away, and those that Helm adds.
func functions(all *template.Template) template.FuncMap {
	known := sprig.TxtFuncMap()
	delete(known, "env")
	delete(known, "expandenv")
	known["include"] = func(name string, data interface{}) (string, error) { return execute(all, name, data) }
	known["tpl"] = func(text string, data interface{}) (string, error) {
		inner, err := all.Clone()
		if err != nil {
			return "", err
		}
		if _, err := inner.New("tpl").Parse(text); err != nil {
			return "", err
		}
		return execute(inner, "tpl", data)
	}
	known["required"] = func(warning string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, errors.New(warning)
		}
		return value, nil
	}
	known["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	known["fromYaml"] = func(text string) (map[string]interface{}, error) {
		value := map[string]interface{}{}
		err := yaml.Unmarshal([]byte(text), &value)
		return value, err
	}
	known["toJson"] = func(value interface{}) (string, error) {
		text, err := json.Marshal(value)
		return string(text), err
	}
	return known
}
