package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/xeipuuv/gojsonschema"
	"sigs.k8s.io/yaml"
)

// mergeFiles lays values files over the chart's defaults.
func mergeFiles(defaults map[string]interface{}, names []string) (map[string]interface{}, error) {
	values := defaults
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		over := map[string]interface{}{}
		if err := yaml.UnmarshalStrict(text, &over); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		values = merge(values, over)
	}
	return values, nil
}

// merge lays one map over another: maps are merged, everything else is replaced, and null removes the key.
func merge(under, over map[string]interface{}) map[string]interface{} {
	merged := map[string]interface{}{}
	for key, value := range under {
		merged[key] = value
	}
	for key, value := range over {
		below, belowIsMap := merged[key].(map[string]interface{})
		above, aboveIsMap := value.(map[string]interface{})
		switch {
		case value == nil:
			delete(merged, key)
		case belowIsMap && aboveIsMap:
			merged[key] = merge(below, above)
		default:
			merged[key] = value
		}
	}
	return merged
}

// validate checks values against the chart's schema with the library of Helm 3.
func validate(schema []byte, values map[string]interface{}) error {
	text, err := json.Marshal(values)
	if err != nil {
		return err
	}
	result, err := gojsonschema.Validate(gojsonschema.NewBytesLoader(schema), gojsonschema.NewBytesLoader(text))
	if err != nil {
		return err
	}
	var problems []string
	for _, problem := range result.Errors() {
		problems = append(problems, problem.String())
	}
	if len(problems) > 0 {
		return errors.New("values do not meet values.schema.json:\n- " + strings.Join(problems, "\n- "))
	}
	return nil
}

// convertNumbers gives numbers the type that they have in templates: it depends on where they come from and on Helm's version.
func convertNumbers(values map[string]interface{}, kind string) (map[string]interface{}, error) {
	text, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var decoded map[string]interface{}
	if err := decoder.Decode(&decoded); err != nil {
		return nil, err
	}
	convert := map[string]func(json.Number) interface{}{
		"json.Number": func(number json.Number) interface{} { return number },
		"float64":     func(number json.Number) interface{} { return floatOf(number) },
		"int64": func(number json.Number) interface{} {
			if whole := floatOf(number); whole == math.Trunc(whole) {
				return int64(whole)
			}
			return floatOf(number)
		},
	}[kind]
	if convert == nil {
		return nil, fmt.Errorf("-numbers is %s; accepted: float64, int64, json.Number", kind)
	}
	return replaceNumbers(decoded, convert).(map[string]interface{}), nil
}

func floatOf(number json.Number) float64 {
	value, _ := number.Float64()
	return value
}

func replaceNumbers(value interface{}, convert func(json.Number) interface{}) interface{} {
	switch typed := value.(type) {
	case map[string]interface{}:
		for key, inner := range typed {
			typed[key] = replaceNumbers(inner, convert)
		}
	case []interface{}:
		for index, inner := range typed {
			typed[index] = replaceNumbers(inner, convert)
		}
	case json.Number:
		return convert(typed)
	}
	return value
}
