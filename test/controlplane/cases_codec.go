package main

import (
	"bytes"
	"fmt"
	"reflect"

	appsv1 "k8s.io/api/apps/v1"
	appsv1beta1 "k8s.io/api/apps/v1beta1"
	appsv1beta2 "k8s.io/api/apps/v1beta2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	metav1beta1 "k8s.io/apimachinery/pkg/apis/meta/v1beta1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
)

// apiCodecs are the serializers of an API server.
type apiCodecs struct {
	scheme         *runtime.Scheme
	json, protobuf runtime.Serializer
}

func newAPICodecs() (apiCodecs, error) {
	scheme, err := newAPIScheme()
	if err != nil {
		return apiCodecs{}, err
	}
	factory := serializer.NewCodecFactory(scheme)
	codecs := apiCodecs{scheme: scheme}
	for mediaType, into := range map[string]*runtime.Serializer{runtime.ContentTypeJSON: &codecs.json, runtime.ContentTypeProtobuf: &codecs.protobuf} {
		info, ok := runtime.SerializerInfoForMediaType(factory.SupportedMediaTypes(), mediaType)
		if !ok {
			return apiCodecs{}, fmt.Errorf("no serializer for %s", mediaType)
		}
		*into = info.Serializer
	}
	return codecs, nil
}

// inBoth encodes an object in protobuf, and in JSON what Go reads from that.
func (c apiCodecs) inBoth(object runtime.Object, gvk schema.GroupVersionKind) (madeCase, error) {
	object.GetObjectKind().SetGroupVersionKind(gvk)
	protobuf, err := encode(c.protobuf, object)
	if err != nil {
		return madeCase{}, err
	}
	read, err := c.decode(c.protobuf, protobuf, gvk)
	if err != nil {
		return madeCase{}, err
	}
	json, err := c.asJSON(read)
	return madeCase{json: json, protobuf: protobuf}, err
}

// decode reads an object of the kind, and of no other.
func (c apiCodecs) decode(from runtime.Serializer, data []byte, gvk schema.GroupVersionKind) (runtime.Object, error) {
	object, found, err := from.Decode(data, &gvk, nil) // events of a watch do not say what they are
	if err == nil && *found != gvk {
		return nil, fmt.Errorf("it is a %v", *found)
	}
	return object, err
}

// asJSON is what an API server answers for an object that it has in memory.
func (c apiCodecs) asJSON(object runtime.Object) ([]byte, error) {
	asServed(object)
	return encode(c.json, object)
}

func encode(with runtime.Serializer, object runtime.Object) ([]byte, error) {
	var data bytes.Buffer
	err := with.Encode(object, &data)
	return data.Bytes(), err
}

// asServed adds to an object that was read from protobuf what has no place there, and which a server's JSON has.
func asServed(object runtime.Object) {
	switch it := object.(type) {
	case *appsv1.StatefulSet:
		nameClaims(it.Spec.VolumeClaimTemplates)
	case *appsv1beta1.StatefulSet:
		nameClaims(it.Spec.VolumeClaimTemplates)
	case *appsv1beta2.StatefulSet:
		nameClaims(it.Spec.VolumeClaimTemplates)
	case *appsv1.StatefulSetList:
		for _, item := range it.Items {
			nameClaims(item.Spec.VolumeClaimTemplates)
		}
	case *appsv1beta1.StatefulSetList:
		for _, item := range it.Items {
			nameClaims(item.Spec.VolumeClaimTemplates)
		}
	case *appsv1beta2.StatefulSetList:
		for _, item := range it.Items {
			nameClaims(item.Spec.VolumeClaimTemplates)
		}
	case *metav1.PartialObjectMetadataList:
		nameMetadata(it.Items, metav1.SchemeGroupVersion)
		return
	case *metav1beta1.PartialObjectMetadataList:
		nameMetadata(it.Items, metav1beta1.SchemeGroupVersion)
		return
	}
	// What storage lists has items, be they none (the lists of metadata above are made otherwise).
	if items := reflect.ValueOf(object).Elem().FieldByName("Items"); items.IsValid() && items.IsNil() {
		items.Set(reflect.MakeSlice(items.Type(), 0, 0))
	}
}

// nameClaims does as the conversion of StatefulSets from their internal form.
func nameClaims(templates []corev1.PersistentVolumeClaim) {
	for i := range templates {
		templates[i].SetGroupVersionKind(corev1.SchemeGroupVersion.WithKind("PersistentVolumeClaim"))
	}
}

// nameMetadata does as a server that lists metadata.
func nameMetadata(items []metav1.PartialObjectMetadata, as schema.GroupVersion) {
	for i := range items {
		items[i].SetGroupVersionKind(as.WithKind("PartialObjectMetadata"))
	}
}
