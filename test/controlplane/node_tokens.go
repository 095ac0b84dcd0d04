package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// hurriedAccount is the service account whose tokens the kubelet renews every few seconds.
const hurriedAccount = "hurried-token"

// hurriedAfter is when a hurried token is due; the kubelet takes up to ten seconds off that by lot.
const hurriedAfter = 6 * time.Second

// hurryTokens lets the kubelet believe that tokens of the hurried account end soon. The kubelet renews a token at four fifths of its
// life, and no server gives one of less than ten minutes: too long for a test. Tokens, and what the kubelet does, stay the real ones.
func hurryTokens(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(request *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(request.URL.Path, "/serviceaccounts/"+hurriedAccount+"/token") {
			return next.RoundTrip(request)
		}
		request = request.Clone(request.Context())
		request.Header.Set("Accept", "application/json") // else the answer is protobuf
		response, err := next.RoundTrip(request)
		if err != nil || response.StatusCode != http.StatusCreated {
			return response, err
		}
		defer response.Body.Close()
		var token authenticationv1.TokenRequest
		if err := json.NewDecoder(response.Body).Decode(&token); err != nil {
			return nil, err
		}
		fifth := time.Duration(*token.Spec.ExpirationSeconds) * time.Second / 5
		token.Status.ExpirationTimestamp = metav1.NewTime(time.Now().Add(fifth + hurriedAfter))
		body, err := json.Marshal(token)
		if err != nil {
			return nil, err
		}
		response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		response.Header.Del("Content-Length")
		return response, nil
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (r roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return r(request) }
