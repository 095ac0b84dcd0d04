package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// pki makes keys and certificates as PEM files in one folder. They live as long as the control plane, at most a year.
type pki struct {
	folder string
	serial int64
}

// authority signs certificates.
type authority struct {
	certFile, keyFile string
	cert              *x509.Certificate
	key               crypto.Signer
}

// pair is a certificate with its key.
type pair struct{ certFile, keyFile string }

func newPKI(folder string) (*pki, error) {
	return &pki{folder: folder}, os.MkdirAll(folder, 0o700)
}

func (p *pki) authority(name string) (*authority, error) {
	template := p.template(pkix.Name{CommonName: name})
	template.IsCA = true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	a := &authority{cert: template, key: key}
	a.cert, a.certFile, a.keyFile, err = p.sign(name, template, a, key)
	return a, err
}

func (p *pki) server(name string, by *authority, hosts ...string) (pair, error) {
	template := p.template(pkix.Name{CommonName: name})
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	return p.leaf(name, template, by)
}

// client makes a certificate that the API server takes as this user in these groups.
func (p *pki) client(name, user string, by *authority, groups ...string) (pair, error) {
	template := p.template(pkix.Name{CommonName: user, Organization: groups})
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return p.leaf(name, template, by)
}

// serviceAccountKeys returns the files of the private key and of the public key for service-account tokens.
func (p *pki) serviceAccountKeys() (private, public string, err error) {
	key, err := newKey()
	if err != nil {
		return "", "", err
	}
	bytes, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return "", "", err
	}
	if public, err = p.write("service-account.pub", "PUBLIC KEY", bytes); err != nil {
		return "", "", err
	}
	private, err = p.writeKey("service-account", key)
	return private, public, err
}

func (p *pki) template(subject pkix.Name) *x509.Certificate {
	p.serial++
	now := time.Now()
	return &x509.Certificate{
		SerialNumber:          big.NewInt(p.serial),
		Subject:               subject,
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.AddDate(1, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		BasicConstraintsValid: true,
	}
}

func (p *pki) leaf(name string, template *x509.Certificate, by *authority) (pair, error) {
	key, err := newKey()
	if err != nil {
		return pair{}, err
	}
	_, certFile, keyFile, err := p.sign(name, template, by, key)
	return pair{certFile: certFile, keyFile: keyFile}, err
}

func (p *pki) sign(name string, template *x509.Certificate, by *authority, key crypto.Signer) (cert *x509.Certificate, certFile, keyFile string, err error) {
	bytes, err := x509.CreateCertificate(rand.Reader, template, by.cert, key.Public(), by.key)
	if err != nil {
		return nil, "", "", fmt.Errorf("certificate %s: %w", name, err)
	}
	if cert, err = x509.ParseCertificate(bytes); err != nil {
		return nil, "", "", fmt.Errorf("certificate %s: %w", name, err)
	}
	if certFile, err = p.write(name+".crt", "CERTIFICATE", bytes); err != nil {
		return nil, "", "", err
	}
	keyFile, err = p.writeKey(name, key)
	return cert, certFile, keyFile, err
}

func (p *pki) writeKey(name string, key crypto.Signer) (string, error) {
	// The form that openssl and every TLS library read.
	bytes, err := x509.MarshalECPrivateKey(key.(*ecdsa.PrivateKey))
	if err != nil {
		return "", err
	}
	return p.write(name+".key", "EC PRIVATE KEY", bytes)
}

func (p *pki) write(name, kind string, bytes []byte) (string, error) {
	path := filepath.Join(p.folder, name)
	return path, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}), 0o600)
}

func newKey() (crypto.Signer, error) {
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
}
